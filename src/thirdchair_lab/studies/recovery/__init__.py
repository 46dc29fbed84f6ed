"""How a method thinks people fare, with and without treatment, whoever it is asked to answer as."""
