"""Who is counted and what happened to them, in words."""

from bot.answers.numbers import quantity_words, takes_of
from bot.facts.fact import Fact
from bot.facts.quantity import Quantity
from bot.facts.vocabulary import Measure, Population, Unit
from bot.i18n import _, ngettext, remembered


@remembered
def population_words(population: Population, unit: Unit | None, count: int) -> str:
    """`people`, `1 person`'s noun, `civilians`, `households of civilians`."""
    words = {
        Population.PEOPLE: ngettext("person", "people", count),
        Population.CIVILIANS: ngettext("civilian", "civilians", count),
        Population.CHILDREN: ngettext("child", "children", count),
        Population.WOMEN: ngettext("woman", "women", count),
        Population.MEN: ngettext("man", "men", count),
        Population.RESIDENTS: ngettext("resident", "residents", count),
        Population.PATIENTS: ngettext("patient", "patients", count),
        Population.JOURNALISTS: ngettext("journalist", "journalists", count),
        Population.MEDICS: ngettext("medic", "medics", count),
        Population.AID_WORKERS: ngettext("aid worker", "aid workers", count),
        Population.COMBATANTS: ngettext("combatant", "combatants", count),
        Population.REBELS: ngettext("rebel", "rebels", count),
        Population.TROOPS: ngettext("soldier", "soldiers", count),
        Population.PILOTS: ngettext("pilot", "pilots", count),
        Population.COMMANDERS: ngettext("commander", "commanders", count),
    }[population]
    if unit is Unit.HOUSEHOLD:
        return _("households of {people}").format(people=words)
    return words


@remembered
def measure_words(measure: Measure) -> str:
    """What happened to those counted."""
    return {
        Measure.KILLED: _("killed"),
        Measure.INJURED: _("injured"),
        Measure.MISSING: _("missing"),
        Measure.DETAINED: _("detained"),
        Measure.BODIES: _("found dead"),
        Measure.DISPLACED: _("displaced"),
        Measure.RETURNED: _("returned"),
        Measure.EVACUATED: _("evacuated"),
        Measure.SHELTERING: _("sheltering"),
        Measure.BESIEGED: _("besieged"),
        Measure.PRESENT: _("present"),
        Measure.IN_NEED: _("in need of help"),
        Measure.TROOPS: _("deployed"),
    }[measure]


def counted(quantity: Quantity, fact: Fact) -> tuple[str, str]:
    """(`About 310`, `civilians`): the number with its hedge, capitalised, and who or what is counted."""
    number = quantity_words(quantity)
    number = number[:1].upper() + number[1:]
    if fact.population is not None and not quantity.share:
        people = population_words(fact.population, fact.unit, quantity.size if quantity.known else 2)
    else:
        people = fact.of or ""
    if people and takes_of(quantity):
        people = _("of {people}").format(people=people)
    return number, people
