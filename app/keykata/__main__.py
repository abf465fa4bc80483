"""`python -m keykata` is the console script."""

from keykata.cli.entry import main

if __name__ == "__main__":
    main()
