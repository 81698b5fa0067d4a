// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_xlsx.h"

#include <xlsxwriter.h>

#include <QSet>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "model/items/format.h"
#include "ui/reports/workbook_chart.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 32'767; ///< of a cell, as the format has it

/// Writes one workbook. Its formats are made once each.
class WorkbookWriter
{
public:
    WorkbookWriter(lxw_workbook& book, const Report& report) : m_book(book), m_report(report) {}

    void write()
    {
        std::string title = fromQt(m_report.title), company = fromQt(m_report.company),
                    subject = fromQt(m_report.status), keywords = fromQt(m_report.fingerprint), author = "Plumbline";
        lxw_doc_properties properties = {};
        properties.title = title.data();
        properties.company = company.data();
        properties.subject = subject.data();
        properties.keywords = keywords.data();
        properties.author = author.data();
        properties.created = static_cast<time_t>(m_report.madeFor);
        workbook_set_properties(&m_book, &properties);
        for (const ReportPart& part : m_report.parts)
            writePart(part);
    }

private:
    using Row = lxw_row_t;
    using Column = lxw_col_t;

    struct Sheet
    {
        lxw_worksheet* sheet = nullptr;
        std::string name = {};
        Row row = 0;
        bool isFrozen = false;
        std::vector<int> widths = {};
    };

    lxw_format* formatOf(const QString& number, bool isBold = false, bool isHeading = false, bool isTotal = false)
    {
        auto& format = m_formats[{number, isBold, isHeading, isTotal}];
        if (format)
            return format;
        format = workbook_add_format(&m_book);
        if (!number.isEmpty())
            format_set_num_format(format, fromQt(number).c_str());
        if (isBold)
            format_set_bold(format);
        if (isHeading) {
            format_set_bottom(format, LXW_BORDER_THIN);
            format_set_text_wrap(format);
            format_set_font_color(format, 0x6B7280);
        }
        if (isTotal)
            format_set_top(format, LXW_BORDER_THIN);
        return format;
    }
    lxw_format* headingFormat(bool isFigure)
    {
        lxw_format* format = formatOf(isFigure ? u"0"_s : QString(), false, true);
        if (isFigure)
            format_set_align(format, LXW_ALIGN_RIGHT);
        return format;
    }
    /// How a spreadsheet prints what paper prints.
    QString numberFormat(const ReportValue& value) const
    {
        const QString symbol = m_report.currency == "USD"_L1   ? u"\"$\""_s
                               : m_report.currency == "EUR"_L1 ? u"\"€\""_s
                                                               : u"\"%1 \""_s.arg(m_report.currency);
        if (std::holds_alternative<Cents>(value))
            return u"%1#,##0.00;-%1#,##0.00"_s.arg(symbol);
        if (std::holds_alternative<CentsChange>(value))
            return u"+%1#,##0.00;-%1#,##0.00;%1#,##0.00"_s.arg(symbol);
        if (const auto* cost = std::get_if<UnitCost>(&value)) {
            const double amount = std::abs(cost->amount.dollars());
            const int decimals = amount >= 0.9995 || amount == 0
                                     ? 2
                                     : std::clamp(3 - static_cast<int>(std::floor(std::log10(amount))), 2, 12);
            return symbol + u"#,##0."_s + QString(decimals, u'0');
        }
        if (std::holds_alternative<Share>(value))
            return u"0.0%"_s;
        if (std::holds_alternative<ShareChange>(value))
            return u"+0.0%;-0.0%;0.0%"_s;
        return std::holds_alternative<std::int64_t>(value) ? u"#,##0"_s : QString();
    }
    static std::optional<double> numberOf(const ReportValue& value)
    {
        struct Number
        {
            std::optional<double> operator()(std::monostate) const { return {}; }
            std::optional<double> operator()(const QString&) const { return {}; }
            std::optional<double> operator()(const Cents& of) const { return static_cast<double>(of.cents) / 100; }
            std::optional<double> operator()(const CentsChange& of) const
            {
                return static_cast<double>(of.cents) / 100;
            }
            std::optional<double> operator()(const UnitCost& of) const { return of.amount.dollars(); }
            std::optional<double> operator()(std::int64_t count) const { return static_cast<double>(count); }
            std::optional<double> operator()(const Share& of) const { return of.share; }
            std::optional<double> operator()(const ShareChange& of) const { return of.share; }
        };
        return std::visit(Number(), value);
    }

    /// At most 31 letters, none of those a name may not have, each once.
    std::string sheetName(const QString& title)
    {
        constexpr qsizetype longest = 28;
        QString base = title;
        for (const QChar bad : u"[]:*?/\\'"_s)
            base.remove(bad);
        base = base.left(longest);
        QString name = base;
        for (int again = 2; m_names.contains(name); ++again)
            name = base + u' ' + QString::number(again);
        m_names.insert(name);
        return fromQt(name);
    }

    void writePart(const ReportPart& part)
    {
        Sheet sheet{.name = sheetName(part.title)};
        sheet.sheet = workbook_add_worksheet(&m_book, sheet.name.c_str());
        if (!sheet.sheet)
            return;
        text(sheet, 0, m_report.title + u" · "_s + part.title, formatOf({}, true));
        ++sheet.row;
        passage(sheet, m_report.subtitle + u" · "_s + m_report.footer);
        ++sheet.row;
        for (const ReportBlock& block : part.blocks)
            std::visit([&](const auto& of) { write(sheet, of); }, block);
        for (std::size_t column = 0; column < sheet.widths.size(); ++column)
            worksheet_set_column(sheet.sheet, static_cast<Column>(column), static_cast<Column>(column),
                                 std::clamp(sheet.widths[column] + 2, 9, 70), nullptr);
        worksheet_set_landscape(sheet.sheet);
        worksheet_fit_to_pages(sheet.sheet, 1, 0);
        worksheet_set_paper(sheet.sheet, m_report.paper == PaperSize::A4 ? 9 : 1);
    }

    void text(Sheet& sheet, std::size_t column, const QString& words, lxw_format* format)
    {
        worksheet_write_string(sheet.sheet, sheet.row, static_cast<Column>(column),
                               fromQt(words.left(longestText)).c_str(), format);
    }
    /// Sentences run over several columns, and break there.
    void passage(Sheet& sheet, const QString& words)
    {
        constexpr Column across = 7;
        constexpr double letters = 110, lineHeight = 15;
        if (!m_passage) {
            m_passage = workbook_add_format(&m_book);
            format_set_text_wrap(m_passage);
            format_set_align(m_passage, LXW_ALIGN_VERTICAL_TOP);
        }
        worksheet_merge_range(sheet.sheet, sheet.row, 0, sheet.row, across, fromQt(words.left(longestText)).c_str(),
                              m_passage);
        worksheet_set_row(sheet.sheet, sheet.row, lineHeight * std::ceil(static_cast<double>(words.size()) / letters),
                          nullptr);
        ++sheet.row;
    }
    static void widen(Sheet& sheet, std::size_t column, const QString& words)
    {
        if (sheet.widths.size() <= column)
            sheet.widths.resize(column + 1, 0);
        sheet.widths[column] = std::max(sheet.widths[column], static_cast<int>(words.size()));
    }

    void write(Sheet& sheet, const ReportText& block)
    {
        passage(sheet, block.lead.isEmpty() ? block.text : block.lead + u' ' + block.text);
        ++sheet.row;
    }
    void write(Sheet& sheet, const ReportBullets& block)
    {
        for (const QString& point : block.points)
            passage(sheet, u"• "_s + point);
        ++sheet.row;
    }
    void write(Sheet& sheet, const ReportTiles& block)
    {
        for (const ReportTile& tile : block.tiles) {
            text(sheet, 0, tile.title, formatOf({}, true));
            text(sheet, 1, tile.figure, formatOf({}));
            text(sheet, 2, tile.note, formatOf({}));
            widen(sheet, 0, tile.title);
            widen(sheet, 1, tile.figure);
            ++sheet.row;
        }
        ++sheet.row;
    }
    void write(Sheet& sheet, const ReportSignatures& block)
    {
        for (qsizetype i = 0; i < block.who.size(); ++i) {
            text(sheet, 0, block.who[i], formatOf({}));
            text(sheet, 1, block.names.value(i), formatOf({}));
            ++sheet.row;
        }
    }

    void writeCell(Sheet& sheet, std::size_t column, const ReportCell& cell, bool isBold, bool isTotal)
    {
        lxw_format* format = formatOf(numberFormat(cell.value), isBold, false, isTotal);
        const std::optional<double> number = numberOf(cell.value);
        const QString words = textOf(cell.value, m_report.currency);
        widen(sheet, column, words);
        if (number)
            worksheet_write_number(sheet.sheet, sheet.row, static_cast<Column>(column), *number, format);
        else if (std::holds_alternative<QString>(cell.value) && !words.isEmpty())
            text(sheet, column, words, format);
        else
            worksheet_write_blank(sheet.sheet, sheet.row, static_cast<Column>(column), format);
    }
    void write(Sheet& sheet, const ReportTable& printed)
    {
        const ReportTable table = withoutDrawings(printed);
        text(sheet, 0, table.title, formatOf({}, true));
        ++sheet.row;
        if (table.rows.empty() && !table.whenEmpty.isEmpty()) {
            text(sheet, 0, table.whenEmpty, formatOf({}));
            ++sheet.row;
        }
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            text(sheet, column, table.columns[column].title, headingFormat(table.columns[column].isFigure));
            widen(sheet, column, table.columns[column].title.left(14));
        }
        ++sheet.row;
        if (!sheet.isFrozen) { // the first table's headings stay in sight
            worksheet_freeze_panes(sheet.sheet, sheet.row, 0);
            sheet.isFrozen = true;
        }
        const Row first = sheet.row;
        for (const ReportRow& row : table.rows) {
            for (std::size_t column = 0; column < row.cells.size(); ++column)
                writeCell(sheet, column, row.cells[column], column == 0 && !row.isIndented, false);
            ++sheet.row;
        }
        if (table.total)
            writeTotal(sheet, table, first);
        ++sheet.row;
    }
    /// Of columns that add up a formula, with its value for readers that do not compute.
    void writeTotal(Sheet& sheet, const ReportTable& table, Row first)
    {
        for (std::size_t column = 0; column < table.total->cells.size(); ++column) {
            const ReportCell& cell = table.total->cells[column];
            const std::optional<double> number = numberOf(cell.value);
            if (!table.columns[column].isSummed || !number || sheet.row == first) {
                writeCell(sheet, column, cell, true, true);
                continue;
            }
            char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH];
            lxw_rowcol_to_cell(from, first, static_cast<Column>(column));
            lxw_rowcol_to_cell(to, sheet.row - 1, static_cast<Column>(column));
            const std::string formula = std::string("=SUM(") + from + ":" + to + ")";
            worksheet_write_formula_num(sheet.sheet, sheet.row, static_cast<Column>(column), formula.c_str(),
                                        formatOf(numberFormat(cell.value), true, false, true), *number);
            widen(sheet, column, textOf(cell.value, m_report.currency));
        }
        ++sheet.row;
    }

    void write(Sheet& sheet, const ReportChart& block)
    {
        text(sheet, 0, block.title, formatOf({}, true));
        ++sheet.row;
        if (const auto* heat = std::get_if<HeatGrid>(&block.plot))
            writeHeat(sheet, *heat);
        else
            writeChart(sheet, block);
        ++sheet.row;
    }
    void writeHeat(Sheet& sheet, const HeatGrid& heat)
    {
        for (qsizetype column = 0; column < heat.columns.size(); ++column)
            text(sheet, static_cast<std::size_t>(column) + 1, heat.columns[column], formatOf({}, false, true));
        ++sheet.row;
        const Row first = sheet.row;
        for (qsizetype row = 0; row < heat.rows.size(); ++row) {
            text(sheet, 0, heat.rows[row], formatOf({}, true));
            widen(sheet, 0, heat.rows[row]);
            const auto& values = heat.values[static_cast<std::size_t>(row)];
            for (std::size_t column = 0; column < values.size(); ++column)
                if (values[column])
                    worksheet_write_number(sheet.sheet, sheet.row, static_cast<Column>(column + 1), *values[column],
                                           formatOf(u"#,##0.00"_s));
            ++sheet.row;
        }
        if (heat.rows.isEmpty() || heat.columns.isEmpty())
            return;
        lxw_conditional_format warm = {};
        warm.type = LXW_CONDITIONAL_2_COLOR_SCALE;
        warm.min_color = 0xFFFFFF;
        warm.max_color = 0xE8743B;
        worksheet_conditional_format_range(sheet.sheet, first, 1, sheet.row - 1,
                                           static_cast<Column>(heat.columns.size()), &warm);
    }

    /// The data of a chart stand beside it, and it follows them.
    void writeChart(Sheet& sheet, const ReportChart& block)
    {
        const WorkbookChart data = workbookChartOf(block.plot);
        const QStringList categories = plotCategories(block.plot);
        if (categories.isEmpty() || data.series.empty())
            return;
        const Row head = sheet.row;
        for (std::size_t i = 0; i < data.series.size(); ++i)
            text(sheet, i + 1, data.series[i].name, formatOf({}, false, true));
        ++sheet.row;
        for (qsizetype category = 0; category < categories.size(); ++category) {
            text(sheet, 0, categories[category], formatOf({}));
            for (std::size_t i = 0; i < data.series.size(); ++i)
                worksheet_write_number(sheet.sheet, sheet.row, static_cast<Column>(i + 1),
                                       data.series[i].values[static_cast<std::size_t>(category)],
                                       formatOf(u"#,##0.00"_s));
            ++sheet.row;
        }
        lxw_chart* chart = workbook_add_chart(&m_book, data.isLines ? LXW_CHART_LINE : LXW_CHART_COLUMN_STACKED);
        for (std::size_t i = 0; i < data.series.size(); ++i) {
            lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
            const auto column = static_cast<Column>(i + 1);
            chart_series_set_name_range(series, sheet.name.c_str(), head, column);
            chart_series_set_categories(series, sheet.name.c_str(), head + 1, 0, sheet.row - 1, 0);
            chart_series_set_values(series, sheet.name.c_str(), head + 1, column, sheet.row - 1, column);
            lxw_chart_fill fill = {};
            const auto& color = data.colors[i];
            fill.color = color.value_or(0xFFFFFF);
            fill.none = !color;
            lxw_chart_line line = {};
            line.color = fill.color;
            line.none = !data.isLines;
            chart_series_set_line(series, &line);
            if (!data.isLines)
                chart_series_set_fill(series, &fill);
        }
        chart_title_set_name(chart, fromQt(block.title).c_str());
        if (data.least > 0)
            chart_axis_set_min(chart->y_axis, data.least);
        if (data.series.size() == 1 || std::holds_alternative<Waterfall>(block.plot))
            chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
        lxw_chart_options options = {};
        options.x_scale = 1.5;
        worksheet_insert_chart_opt(sheet.sheet, head, static_cast<Column>(data.series.size() + 2), chart, &options);
        constexpr Row chartRows = 16;
        sheet.row = std::max<Row>(sheet.row, head + chartRows);
    }

    lxw_workbook& m_book;
    const Report& m_report;
    std::map<std::tuple<QString, bool, bool, bool>, lxw_format*> m_formats; ///< the workbook has them
    lxw_format* m_passage = nullptr;
    QSet<QString> m_names;
};

} // namespace

Result<> writeXlsx(const Report& report, const std::filesystem::path& path)
{
    lxw_workbook* book = workbook_new(path.c_str());
    if (!book)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be written", path.string()});
    WorkbookWriter(*book, report).write();
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        return tl::unexpected(
            Error{ErrorKind::Unreadable, std::string("cannot be written: ") + lxw_strerror(error), path.string()});
    return {};
}

} // namespace plumbline
