"""Start the stand-in as a program of its own: `python -m integrations.slack.standin --port 8031 …`."""

from integrations.slack.standin.program import main

if __name__ == "__main__":
    main()
