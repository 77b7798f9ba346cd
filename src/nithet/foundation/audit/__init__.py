"""What happened, who did it and when: append-only, chained, readable as sentences (ประวัติการใช้งาน).

Writers append an event in their own transaction and never queue on the chain; a sequencer links committed events into
one hash chain per office afterwards. Database triggers refuse change. Only the door (`actions`) writes events.
"""
