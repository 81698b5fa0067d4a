// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

#include "model/core/error.h"
#include "ui/reports/report_layout.h"

namespace plumbline {

/// A report as PDF, painted page by page so that whoever waits can be told, and can give up. The same report gives the
/// same bytes. GUI thread.
class ReportPdf
{
public:
    explicit ReportPdf(const Report& report);
    ~ReportPdf();

    std::size_t pageCount() const;
    /// Paints the next one; false: all are painted.
    bool paintNext();
    /// Bookmarks, metadata and the document's id put in. Malformed: what was painted is no PDF.
    Result<QByteArray> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// All of it at once.
Result<QByteArray> pdfOf(const Report& report);

} // namespace plumbline
