"""The closed lists a fact is described with. Each has room to grow; a new word gets a line here and nowhere else."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of claim a fact is."""

    FIGURE = "figure"
    CONTROL = "control"
    EVENT = "event"
    STATEMENT = "statement"


class Measure(StrEnum):
    """What a figure counts of people."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DETAINED = "detained"
    BODIES = "bodies"
    DISPLACED = "displaced"
    RETURNED = "returned"
    EVACUATED = "evacuated"
    SHELTERING = "sheltering"
    BESIEGED = "besieged"
    PRESENT = "present"
    IN_NEED = "in_need"
    TROOPS = "troops"


CASUALTIES = (Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DETAINED, Measure.BODIES)
DISPLACEMENT = (
    Measure.DISPLACED,
    Measure.RETURNED,
    Measure.EVACUATED,
    Measure.SHELTERING,
    Measure.BESIEGED,
    Measure.PRESENT,
    Measure.IN_NEED,
)


class Population(StrEnum):
    """Who is counted."""

    PEOPLE = "people"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    RESIDENTS = "residents"
    PATIENTS = "patients"
    JOURNALISTS = "journalists"
    MEDICS = "medics"
    AID_WORKERS = "aid_workers"
    COMBATANTS = "combatants"
    REBELS = "rebels"
    TROOPS = "troops"
    PILOTS = "pilots"
    COMMANDERS = "commanders"


# Who is certainly a part of whom. Women, men and patients may be combatants, so they hang under people only;
# children are counted among civilians, as the monitors that Sitrep quotes do.
_WIDER: dict[Population, Population] = {
    Population.CIVILIANS: Population.PEOPLE,
    Population.CHILDREN: Population.CIVILIANS,
    Population.WOMEN: Population.PEOPLE,
    Population.MEN: Population.PEOPLE,
    Population.RESIDENTS: Population.PEOPLE,
    Population.PATIENTS: Population.PEOPLE,
    Population.JOURNALISTS: Population.CIVILIANS,
    Population.MEDICS: Population.CIVILIANS,
    Population.AID_WORKERS: Population.CIVILIANS,
    Population.COMBATANTS: Population.PEOPLE,
    Population.REBELS: Population.COMBATANTS,
    Population.TROOPS: Population.COMBATANTS,
    Population.PILOTS: Population.TROOPS,
    Population.COMMANDERS: Population.COMBATANTS,
}


def wider(population: Population) -> tuple[Population, ...]:
    """The population itself and every population that certainly contains it, narrowest first."""
    chain = [population]
    while (up := _WIDER.get(chain[-1])) is not None:
        chain.append(up)
    return tuple(chain)


class Unit(StrEnum):
    """One of what is counted. Households are never added to persons."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Accounting(StrEnum):
    """Stock: how many are. Flow: how many became, within the window. (IDMC's distinction.)"""

    STOCK = "stock"
    FLOW = "flow"


class Stance(StrEnum):
    """How the report stands to the claim. Only asserted facts answer questions."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    EXPECTED = "expected"
    ALLEGED = "alleged"


class ControlStatus(StrEnum):
    """What is claimed about who holds a place."""

    HELD = "held"
    CAPTURED = "captured"
    RECAPTURED = "recaptured"
    LOST = "lost"
    CONTESTED = "contested"
    ENTERED = "entered"


class EventType(StrEnum):
    """What happened, coarsely; the summary says it in words."""

    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    CLASH = "clash"
    ADVANCE = "advance"
    WITHDRAWAL = "withdrawal"
    AIRCRAFT_LOST = "aircraft_lost"
    DEPLOYMENT = "deployment"
    MOVEMENT = "movement"
    NEGOTIATION = "negotiation"
    HUMANITARIAN = "humanitarian"
    OTHER = "other"


class RelationKind(StrEnum):
    """How one fact stands to another."""

    PART_OF = "part_of"
    RESTATES = "restates"
    SUPERSEDES = "supersedes"


class CorrectionKind(StrEnum):
    """Why a revision differs from the one before it."""

    INITIAL = "initial"
    READING = "reading"
    SOURCE = "source"
    LATER_REPORT = "later_report"
    CLARIFICATION = "clarification"
    RETRACTION = "retraction"
    UNDO = "undo"
