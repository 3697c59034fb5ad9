"""The words for money: what a press may cost, what was spent, what is left, and what a check found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.checks import Doubt
from seedream_desktop.generation.cost import parts_of
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words

if TYPE_CHECKING:
    from seedream_desktop.api.account import Balance
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.request import GenerationRequest
    from seedream_desktop.library.cost_table import BudgetUse
    from seedream_desktop.library.costs import Costs
    from seedream_desktop.state.pictures import Spent

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Money:
    """What is known of money at the moment."""

    board: str = ""  # its folder's name
    spent: Spent | None = None
    balance: Balance | None = None
    problem: Problem | None = None  # why the balance is not known now


def cost_words(cost: Cost | None) -> str:
    """``about $0.14``, ``$0.04–0.14``, or that no price is known."""
    return words.cost(cost) if cost is not None else translate("words", "price not known")


def short_cost_words(cost: Cost | None) -> str:
    """``$0.04``, ``up to $0.14`` where it may be less, or that no price is known."""
    if cost is not None and cost.low_usd == cost.high_usd:
        return words.cents(cost.high_usd)
    return up_to_words(cost)


def up_to_words(cost: Cost | None) -> str:
    """``up to $0.98``, or that no price is known."""
    return words.up_to(cost.high_usd) if cost is not None else translate("words", "price not known")


def breakdown(request: GenerationRequest, model: Model, variations: int) -> tuple[str, ...]:
    """What a press costs and whose prices these are, line by line."""
    parts = parts_of(request, model)
    if parts is None:
        text = translate("cost", "No price is known for {model}; it is billed all the same.")
        return (text.format(model=words.model_name(model)),)
    each = translate("cost", "{money} for each picture").format(money=_span(parts.low_usd, parts.high_usd))
    lines = [each]
    if parts.pictures > 1:
        text = translate("cost", "a set of up to {count} pictures; those that are made are billed")
        lines.append(text.format(count=parts.pictures))
    if parts.paid_references:
        lines.append(_references(parts.paid_references, parts.reference_usd, model.references_free))
    elif model.reference_usd and request.references:
        lines.append(translate("cost", "the references are free"))
    if variations > 1:
        text = translate("cost", "{count} requests, each billed by itself")
        lines.append(text.format(count=words.number(variations)))
    lines.append(price_origin(model.price_source, model.price_as_of))
    return tuple(lines)


def price_origin(source: str, as_of: str) -> str:
    """Whose price it is and of when; empty where neither is known."""
    if source and as_of:
        text = translate("cost", "Prices: {source}, {date}. The bill of the provider decides.")
        return text.format(source=source, date=as_of)
    text = translate("cost", "Prices: {date}. The bill of the provider decides.")
    return text.format(date=as_of) if as_of else ""


def costs_words(costs: Costs) -> str:
    """``$3.20 · maybe $0.08 more · 2 without a known price``; never a zero for what is not known."""
    parts = []
    if costs.billed_usd or not (costs.maybe_usd or costs.unpriced):
        parts.append(words.money(costs.billed_usd))
    if costs.maybe_usd and parts:
        parts.append(translate("cost", "maybe {money} more").format(money=words.money(costs.maybe_usd)))
    elif costs.maybe_usd:
        parts.append(translate("cost", "maybe {money}").format(money=words.money(costs.maybe_usd)))
    if costs.unpriced == 1:
        parts.append(translate("cost", "1 without a known price"))
    elif costs.unpriced:
        text = translate("cost", "{count} without a known price")
        parts.append(text.format(count=words.number(costs.unpriced)))
    return " · ".join(parts)


def budget_words(use: BudgetUse) -> str:
    """How much of a budget is used: ``83 % of the budget of Acme, $100.00 a month, is used``."""
    per = translate("cost", "{money} a month") if use.is_monthly else translate("cost", "{money} in all")
    told = {"board": plain(words.board(use.name), 60), "budget": per.format(money=words.money(use.usd))}
    if use.is_used_up:
        text = translate("cost", "The budget of {board}, {budget}, is used up: {used}.")
        return text.format(**told, used=words.money(use.used_usd))
    text = translate("cost", "{part} % of the budget of {board}, {budget}, is used.")
    return text.format(**told, part=int(use.part * 100))


def balance_words(balance: Balance | None) -> str:
    """``$12.40``, that it is unlimited, or that it is not known."""
    if balance is None:
        return translate("cost", "not known")
    if balance.left_usd is not None:
        return words.money(balance.left_usd)
    return translate("cost", "unlimited") if balance.is_unlimited else translate("cost", "not known")


def doubt_words(doubt: Doubt) -> str:
    """Why it cannot be told whether a request was billed, and what can be done."""
    return {
        Doubt.CHECKING: translate("doubt", "The provider is being asked…"),
        Doubt.NO_KEY: translate("doubt", "The bill cannot be read with this key. Check the key first."),
        Doubt.NO_TOTAL: translate("doubt", "The bill cannot be read at the moment. Check again later."),
        Doubt.NO_ANCHOR: translate(
            "doubt", "The bill from before it was sent is not known. Look at the provider's usage page."
        ),
        Doubt.LIBRARY_AWAY: translate(
            "doubt", "What else was spent is in a library that is not open. Open it and check again."
        ),
        Doubt.OTHERS_RUNNING: translate(
            "doubt", "Other requests are under way. It is checked by itself when they have ended."
        ),
        Doubt.TOO_EARLY: translate(
            "doubt", "It is too early to tell from the bill. It is checked again by itself."
        ),
        Doubt.TOTAL_FELL: translate(
            "doubt", "The bill fell: another account, or a new month. Look at the provider's usage page."
        ),
        Doubt.LATE: translate("doubt", "The bill lacks what is known to be billed. Check again later."),
        Doubt.NO_PRICE: translate(
            "doubt", "The bill rose, but a price is not known. Look at the provider's usage page."
        ),
        Doubt.SEVERAL: translate(
            "doubt", "The bill fits only some of several requests. Look at the provider's usage page."
        ),
        Doubt.OTHER_USE: translate(
            "doubt", "The bill rose by another sum: others may use it. Look at the provider's usage page."
        ),
    }[doubt]


def _references(count: int, each_usd: float, free: int) -> str:
    money = words.money(each_usd)
    if not free:
        return translate("cost", "{references}, {money} each").format(
            references=words.references(count), money=money
        )
    text = translate("cost", "{references} beyond the {free} that cost nothing, {money} each")
    return text.format(references=words.references(count), free=free, money=money)


def _span(low_usd: float, high_usd: float) -> str:
    low, high = words.money(low_usd), words.money(high_usd)
    return low if low == high else f"{low}–{high.removeprefix('$')}"
