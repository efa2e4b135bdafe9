"""SQL as text, where the ORM cannot say it: triggers, which are written in PL/pgSQL."""
