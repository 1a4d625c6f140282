from langret.language.conformance import Conformance


class TestJapaneseConforms(Conformance):
    code = "ja"
