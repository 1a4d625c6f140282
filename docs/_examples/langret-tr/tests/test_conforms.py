"""Turkish passes what every language has to pass."""

from langret_tr import Turkish

from langret.language.conformance import Conformance


class TestTurkish(Conformance):
    """All checks come from the suite."""

    code = "tr"

    def plugin(self) -> Turkish:
        """The class itself, so that nothing has to be installed."""
        return Turkish()
