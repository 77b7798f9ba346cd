"""The return: preview, download, edited file back, issue (แบบรายงาน)."""
