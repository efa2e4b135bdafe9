"""The editors' screens in the Django admin."""
