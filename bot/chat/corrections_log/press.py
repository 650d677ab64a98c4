"""Every button, list and form under a page of corrections, found again by its id alone."""

from bot.chat.corrections_log.browsing import open_chosen, show_pressed, turn_page
from bot.chat.corrections_log.deciding import ask_decline, ask_publish, decline, open_queue, publish
from bot.chat.corrections_log.ids import Step
from bot.chat.corrections_log.undoing import (
    ask_again,
    open_chosen_value,
    open_giving_back,
    open_undo,
    submit_giving_back,
    submit_undo,
)
from bot.chat.corrections_log.wiping import ask_wipe, submit_wipe
from bot.chat.stepping import by_letter

press = by_letter(
    {
        Step.LIST: turn_page,
        Step.OPEN: open_chosen,
        Step.SHOW: show_pressed,
        Step.UNDO: open_undo,
        Step.UNDO_AGAIN: ask_again,
        Step.GIVE_BACK: open_giving_back,
        Step.EARLIER: open_chosen_value,
        Step.QUEUE: open_queue,
        Step.PUBLISH: ask_publish,
        Step.CONFIRM: publish,
        Step.DECLINE: ask_decline,
        Step.WIPE_FORM: ask_wipe,
    }
)
"""What a component does. Each step asks itself whether the one who clicks may."""
submit = by_letter(
    {
        Step.UNDO_FORM: submit_undo,
        Step.GIVE_BACK_FORM: submit_giving_back,
        Step.DECLINE_FORM: decline,
        Step.WIPE_FORM: submit_wipe,
    }
)
"""What a form does that was sent off, likewise."""
