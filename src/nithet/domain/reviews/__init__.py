"""Others look at a round: the director signs a folder from a link (เสนอแฟ้ม), assessors see a frozen copy, rounds are compared.

- A folder (แฟ้มเสนอลงนาม) proposes one level of one round to one person, for exactly what the records showed. The link names
  the folder, never the person's whole account: who opens it still proves who they are, and may do nothing but decide.
- A frozen round (ฉบับสำหรับผู้ประเมิน) is made of a closed, signed round and never changes. An invited assessor reads it and
  nothing else, until the invitation ends; the live house stays shut.
- Nothing here sets a level: the declared one is signed through `assessments`, and the assessor's stands beside it.
"""
