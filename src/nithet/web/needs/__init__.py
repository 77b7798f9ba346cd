"""Pages of needs: the register, what is offered, lists in and out, surveys, and a school's own word."""
