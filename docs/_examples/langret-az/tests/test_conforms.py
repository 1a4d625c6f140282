"""Azerbaijani passes what every language has to pass."""

from langret_az import Azerbaijani

from langret.language.conformance import Conformance


class TestAzerbaijani(Conformance):
    """All checks come from the suite."""

    code = "az"

    def plugin(self) -> Azerbaijani:
        """The class itself, so that nothing has to be installed."""
        return Azerbaijani()
