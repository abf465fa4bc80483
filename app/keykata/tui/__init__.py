"""The Textual app: it shows state and sends intents; it holds no rules."""
