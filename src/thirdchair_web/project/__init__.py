"""The Django project: settings, addresses, the server and what every page shares."""
