// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

#include "model/core/error.h"
#include "ui/reports/report_layout.h"

namespace plumbline {

/// A report as PDF, painted page by page so that whoever waits can be told, and can give up. The same report gives the
/// same bytes. GUI thread, but for what is finished of it.
class ReportPdf
{
public:
    /// `layout`: of the report.
    ReportPdf(const Report& report, ReportLayout layout);
    ~ReportPdf();

    std::size_t pageCount() const;
    /// Paints the next one; false: all are painted.
    bool paintNext();
    /// The pages, those that were not painted yet too: to be finished, by any thread (ui/reports/pdf_finish.h).
    QByteArray painted();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// All of it at once. Malformed: what was painted is no PDF.
Result<QByteArray> pdfOf(const Report& report);

} // namespace plumbline
