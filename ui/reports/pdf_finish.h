// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "model/core/error.h"
#include "ui/reports/report_layout.h"

namespace plumbline {

/// What QPdfWriter does not write: bookmarks, the language, metadata that names no clock, and an id that follows from
/// the bytes. Malformed: it is no PDF. The only door to qpdf.
Result<QByteArray> finishedPdf(const QByteArray& painted, const Report& report, const ReportLayout& layout);

} // namespace plumbline
