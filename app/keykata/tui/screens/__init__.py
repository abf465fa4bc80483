"""The screens, one module each; a screen holds no rules of study."""
