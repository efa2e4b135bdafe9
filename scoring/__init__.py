"""The AIJRI scoring method as a pure library: Decimal in, dataclasses out.

No Django, no I/O, nothing imported from the rest of the project. Section numbers in the
docstrings refer to the method, ``docs/aijri.md``.
"""
