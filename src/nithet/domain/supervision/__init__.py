"""Going to schools: visits of supervisors and of committees, and what was found (การนิเทศการศึกษา).

นิเทศ by supervisors and ตรวจเยี่ยม by committees are two kinds with two forms. Nothing is invented: where a document does
not name the visitors, the visit has none and says so.
"""
