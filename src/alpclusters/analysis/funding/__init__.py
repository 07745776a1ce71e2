"""Who may be funded by what, what may be combined, and the best mix with a proof.

One folder a subject: ``case`` (what is asked), ``eligibility`` (who fits), ``rulebooks`` (what
the law says, by date), ``mix`` (the optimiser), ``check`` (the independent proof in cents),
``schemes`` (joint calls of several regions), ``policy_mix`` (budgets and synergies).
"""
