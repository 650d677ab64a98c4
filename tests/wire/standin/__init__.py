"""A stand-in for Discord (REST v10 and gateway v10) on loopback, for driving an unmodified bot over the real wire.

Written from Discord's API documentation and OpenAPI document. It plays both sides that a bot cannot see:
Discord's servers (login, gateway, commands, messages, rate limits, faults) and the person who types, presses
and submits. It keeps everything that it received, so that a test can look.

Run it as its own process with ``python -m standin --port 0`` (the directory above on the path; the first line it
prints is the :class:`~.server.Address` as JSON), or inside a test with :class:`~.server.StandIn`.
``driver.py`` beside this package speaks to either.

Not modelled: voice, forums, reactions, role and member editing, OAuth, the CDN, real permission arithmetic (a
channel is open, write-protected or hidden), session-start limits (counted, not enforced). Discord documents no
numbers for its per-route limits; those in ``ratelimit.py`` are the commonly observed ones.
"""
