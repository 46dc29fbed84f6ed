"""`estimate_prognosis`: how a person is expected to fare, with and without treatment; a second reading."""
