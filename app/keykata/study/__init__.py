"""The use cases and the only writer: open the dojo, start, respond, rate, undo, report."""
