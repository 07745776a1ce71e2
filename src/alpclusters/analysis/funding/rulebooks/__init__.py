"""What the law says, by date: State aid, Union money, cohesion policy, Swiss money."""
