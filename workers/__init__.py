"""The jobs behind the service: every second each is asked whether something is due."""
