"""Language models behind the OpenAI protocol, for judges and writers. Usable alone, with no recipe in sight."""

from langret.llm.answer import Answer
from langret.llm.client import LLM
from langret.llm.ledger import Estimate, Usage
from langret.llm.prompt import Prompt, quoted

__all__ = ["LLM", "Answer", "Estimate", "Prompt", "Usage", "quoted"]
