"""How a person is told that they are needed: on the screen, by e-mail, by webhook, by text message."""
