"""A whole database out to an export and in from one."""
