"""Every button, list and form of a correction, found again by its id alone."""

from bot.chat.correcting.confirming import confirm_everyone, confirm_here, propose
from bot.chat.correcting.ids import Step
from bot.chat.correcting.making import cancel, edit, fill, mend
from bot.chat.correcting.opening import choose, open_fact, pick
from bot.chat.stepping import by_letter

press = by_letter(
    {
        Step.PICK: pick,
        Step.CHOOSE: choose,
        Step.OPEN: open_fact,
        Step.EDIT: edit,
        Step.HERE: confirm_here,
        Step.EVERYONE: confirm_everyone,
        Step.CANCEL: cancel,
        Step.PROPOSE: propose,
    }
)
"""What a component does. Each step asks itself whether the one who clicks may."""
submit = by_letter({Step.FILL: fill, Step.MEND: mend})
"""What a form does that was sent off, likewise."""
