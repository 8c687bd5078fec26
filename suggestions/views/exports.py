"""Pages of the ledger's export."""

from linkage.web import exports


class StartExport(exports.StartExport):
    job_name = "export-suggestions"
    namespace = "suggestions"


class ExportPage(exports.ExportPage):
    namespace = "suggestions"


class ExportFile(exports.ExportFile):
    namespace = "suggestions"
    name = "建议台账"
