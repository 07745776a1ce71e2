"""From a case and its mix to an application in the structure of Jems, with what is missing.

Jems is the application system of most Interreg programmes. `fields` is the one list of what it
asks, `answers` fills it from case, project, plan and mix, `package` writes it.
"""
