"""Messages that hope for a reply: does one ask, whom, and has it been answered?"""
