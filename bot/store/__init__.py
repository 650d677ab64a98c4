"""The database: connections, units of work, migrations, and one repository per aggregate. The only SQL."""
