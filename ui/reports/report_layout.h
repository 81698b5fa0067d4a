// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

#include "ui/reports/report.h"

namespace plumbline {

/// Where everything of a report stands, page by page. The unit of a page is 1/108.85 inch: A4 is 900 wide.
constexpr double pageUnitsPerInch = 108.85;

/// One line of text.
struct PlacedText
{
    QRectF place = {};
    QString text = {};
    QFont font = {};
    QColor color = {};
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
};
struct PlacedFill
{
    QRectF place = {};
    QColor color = {};
    double radius = 0;
    bool isFrame = false; ///< only its border
};
struct PlacedPill
{
    QRectF place = {};
    QString text = {};
    Tone tone = Tone::Neutral;
};
struct PlacedBar
{
    QRectF place = {};
    double share = 0;
    Tone tone = Tone::Neutral;
};
/// A small line without axes: how a figure came to be.
struct PlacedLine
{
    QRectF place = {};
    std::vector<std::optional<double>> values = {}; ///< first to last, gaps where unknown
};
struct PlacedChart
{
    QRectF place = {};
    PlotSpec plot = {};
};
using PlacedItem = std::variant<PlacedText, PlacedFill, PlacedPill, PlacedBar, PlacedLine, PlacedChart>;

struct ReportPage
{
    std::vector<PlacedItem> items = {};
};

/// Where a part begins: what a reader jumps to.
struct ReportBookmark
{
    QString title = {};
    std::size_t page = 0; ///< from 0
    double top = 0;       ///< in units from the page's upper edge
};

struct ReportLayout
{
    QSizeF size = {}; ///< of a page
    std::vector<ReportPage> pages = {};
    std::vector<ReportBookmark> bookmarks = {};
};

/// A part begins a page unless it stands whole on what is left of one. Any thread: fonts are measured, nothing is
/// painted.
ReportLayout layOut(const Report& report);

} // namespace plumbline
