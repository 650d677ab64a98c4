"""All that speaks Discord besides the commands: client, command tree, rendering, failures."""
