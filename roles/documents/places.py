"""Countries and currencies, each in one spelling, for documents, forms and the database."""

from roles.documents.synonyms import did_you_mean, official

_NAMES = """
    Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia;
    Australia; Austria; Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium;
    Belize; Benin; Bermuda; Bhutan; Bolivia; Bosnia and Herzegovina; Botswana; Brazil; Brunei;
    Bulgaria; Burkina Faso; Burundi; Cambodia; Cameroon; Canada; Cape Verde;
    Central African Republic; Chad; Chile; China; Colombia; Comoros; Costa Rica; Croatia; Cuba;
    Cyprus; Czechia; Democratic Republic of the Congo; Denmark; Djibouti; Dominica;
    Dominican Republic; East Timor; Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea;
    Estonia; Eswatini; Ethiopia; Fiji; Finland; France; Gabon; Gambia; Georgia; Germany; Ghana;
    Gibraltar; Greece; Grenada; Guatemala; Guernsey; Guinea; Guinea-Bissau; Guyana; Haiti;
    Honduras; Hong Kong; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Isle of Man;
    Israel; Italy; Ivory Coast; Jamaica; Japan; Jersey; Jordan; Kazakhstan; Kenya; Kiribati;
    Kosovo; Kuwait; Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein;
    Lithuania; Luxembourg; Macao; Madagascar; Malawi; Malaysia; Maldives; Mali; Malta;
    Marshall Islands; Mauritania; Mauritius; Mexico; Micronesia; Moldova; Monaco; Mongolia;
    Montenegro; Morocco; Mozambique; Myanmar; Namibia; Nauru; Nepal; Netherlands; New Zealand;
    Nicaragua; Niger; Nigeria; North Korea; North Macedonia; Norway; Oman; Pakistan; Palau;
    Palestine; Panama; Papua New Guinea; Paraguay; Peru; Philippines; Poland; Portugal;
    Puerto Rico; Qatar; Republic of the Congo; Romania; Russia; Rwanda; Saint Kitts and Nevis;
    Saint Lucia; Saint Vincent and the Grenadines; Samoa; San Marino; Sao Tome and Principe;
    Saudi Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Slovakia; Slovenia;
    Solomon Islands; Somalia; South Africa; South Korea; South Sudan; Spain; Sri Lanka; Sudan;
    Suriname; Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Togo; Tonga;
    Trinidad and Tobago; Tunisia; Turkey; Turkmenistan; Tuvalu; Uganda; Ukraine;
    United Arab Emirates; United Kingdom; United States; Uruguay; Uzbekistan; Vanuatu;
    Vatican City; Venezuela; Vietnam; Yemen; Zambia; Zimbabwe
"""
COUNTRIES = tuple(" ".join(_NAMES.split()).split("; "))
"""As an English newspaper calls them; their other names are in ``synonyms``."""

CURRENCIES = tuple(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - a list would take a page
)
"""The codes of ISO 4217 for money in use, 2026."""


def country_of(name: str) -> str:
    """The country that a name stands for: United Kingdom for UK.

    Raises ValueError, in words, where it stands for none.
    """
    found = official(name, COUNTRIES)
    if found is None or "(" in name:  # Scotland must not get lost
        suggested = did_you_mean(name, COUNTRIES)
        raise ValueError(f"is '{name[:40]}'; expected a country such as United Kingdom{suggested}")
    return found


def currency_of(code: str) -> str:
    """The code of a currency in capitals; raises ValueError, in words, where there is none."""
    if code.upper() not in CURRENCIES:
        raise ValueError(f"is '{code[:40]}'; expected a code of ISO 4217 such as GBP")
    return code.upper()
