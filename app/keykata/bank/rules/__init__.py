"""The rules of item writing a program can check: one small function a rule, named as in its problems."""
