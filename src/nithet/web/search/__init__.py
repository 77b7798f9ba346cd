"""The page of results (ค้นหา): one box, everything the reader may see."""
