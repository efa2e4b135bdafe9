"""The assessment document: a text a person writes, a dataclass the site stores.

``parse`` reads it, ``render`` writes it, and one is the inverse of the other. Text and
``scoring`` only; no ORM.
"""
