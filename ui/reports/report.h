// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "model/core/money.h"
#include "model/core/report_definition.h"
#include "model/items/cell.h"
#include "ui/charts/plot_spec.h"

namespace plumbline {

/// Whole cents of the report's currency: what is printed adds up.
struct Cents
{
    std::int64_t cents = 0;
    bool operator==(const Cents&) const = default;
};
/// A change of as much, with its sign.
struct CentsChange
{
    std::int64_t cents = 0;
    bool operator==(const CentsChange&) const = default;
};
/// 1e-12 of the currency, for what a call or a token costs: four significant digits.
struct UnitCost
{
    MoneySum amount = {};
    bool operator==(const UnitCost&) const = default;
};
/// 1 is 100 %.
struct Share
{
    double share = 0;
    bool operator==(const Share&) const = default;
};
struct ShareChange
{
    double share = 0;
    bool operator==(const ShareChange&) const = default;
};

/// What a cell holds: paper prints it, a spreadsheet computes with it. Unknown is nothing at all, never 0.
using ReportValue =
    std::variant<std::monostate, QString, Cents, CentsChange, UnitCost, std::int64_t, Share, ShareChange>;

struct ReportCell
{
    ReportValue value = {};
    std::optional<Tone> pill = {};                ///< its text stands in one
    bool isBar = false;                           ///< a share that is drawn, in the pill's tone
    std::vector<std::optional<double>> line = {}; ///< how it came to be, drawn: first to last, gaps where unknown
    bool operator==(const ReportCell&) const = default;
};

struct ReportColumn
{
    QString title = {};
    bool isFigure = true;  ///< stands right
    double width = 1;      ///< of columns of text: how they divide what figures leave
    bool isSummed = false; ///< its cells add up to the total's
    bool operator==(const ReportColumn&) const = default;
};

struct ReportRow
{
    std::vector<ReportCell> cells = {}; ///< one a column
    bool isIndented = false;            ///< part of the row above: no part of a sum
    bool operator==(const ReportRow&) const = default;
};

/// Its headings stand again on every page it reaches over.
struct ReportTable
{
    QString title = {};
    std::vector<ReportColumn> columns = {};
    std::vector<ReportRow> rows = {};
    std::optional<ReportRow> total = {};
    QString whenEmpty = {}; ///< what stands in place of no rows
    bool operator==(const ReportTable&) const = default;
};

struct ReportText
{
    QString lead = {}; ///< before it, bold
    QString text = {};
    bool isQuiet = false;
    bool operator==(const ReportText&) const = default;
};

struct ReportBullets
{
    QStringList points = {};
    bool operator==(const ReportBullets&) const = default;
};

struct ReportTile
{
    QString title = {}, figure = {}, note = {};
    std::optional<Tone> tone = {}; ///< of the note
    bool operator==(const ReportTile&) const = default;
};

struct ReportTiles
{
    std::vector<ReportTile> tiles = {};
    bool operator==(const ReportTiles&) const = default;
};

struct ReportChart
{
    QString title = {};
    PlotSpec plot = {};
    double height = 230; ///< in the units of a page
    bool operator==(const ReportChart&) const = default;
};

/// Lines to sign on.
struct ReportSignatures
{
    QStringList who = {};   ///< `Prepared by`
    QStringList names = {}; ///< as far as they are known
    bool operator==(const ReportSignatures&) const = default;
};

using ReportBlock = std::variant<ReportText, ReportBullets, ReportTiles, ReportChart, ReportTable, ReportSignatures>;

/// A page of the long form, or a tab of a spreadsheet.
struct ReportPart
{
    QString id = {}; ///< of its section
    QString title = {};
    std::vector<ReportBlock> blocks = {};
    bool operator==(const ReportPart&) const = default;
};

/// A month on paper, as a value: paper, spreadsheet, CSV and preview are made of it, so their figures cannot differ.
struct Report
{
    QString company = {};
    QString title = {};       ///< `October 2026`
    QString subtitle = {};    ///< period, prices, calls
    QString status = {};      ///< `Estimated` or `Reconciled`
    QString footer = {};      ///< on every page
    QString language = {};    ///< `en`
    QString fingerprint = {}; ///< of the data and the definition
    QString currency = {};    ///< `USD`
    qint64 madeFor =
        0; ///< seconds since 1970: the end of its period. Documents carry it as their date, not the clock's
    PaperSize paper = PaperSize::A4;
    std::vector<ReportPart> parts = {};
    bool operator==(const Report&) const = default;
};

/// Without columns that only draw what others say: for machines.
ReportTable withoutDrawings(const ReportTable& table);

/// As it is printed. `symbol` is that of the currency.
QString textOf(const ReportValue& value, const QString& currency);
/// `$1,234.56`, `−€12.00`.
QString centsText(std::int64_t cents, const QString& currency);
QString unitCostText(MoneySum amount, const QString& currency);

} // namespace plumbline
