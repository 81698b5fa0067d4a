// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/price_tables.h"

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

Cell textCell(const QString& text, const QString& toolTip = {})
{
    return {.text = text, .value = text, .toolTip = toolTip.isEmpty() ? text : toolTip};
}

Cell priceCell(const std::optional<Money>& perMillion)
{
    if (!perMillion)
        return {.text = format::unknown(), .toolTip = BookTable::tr("The book's price holds")};
    return {.text = format::listPrice(perMillion),
            .value = MoneySum(*perMillion).dollars(),
            .toolTip = BookTable::tr("%1 for a million tokens").arg(format::exactMoney(*perMillion))};
}

Cell timeCell(const std::optional<Timestamp>& time, const QString& without)
{
    if (!time)
        return {.text = without};
    return {.text = format::validity(time),
            .value = static_cast<qlonglong>(time->microseconds()),
            .toolTip = toQt(isoText(*time))};
}

Cell providerCell(const std::string& provider)
{
    return textCell(provider.empty() ? BookTable::tr("whoever sells it") : toQt(provider));
}

QString matchToolTip(NameMatch match)
{
    switch (match) {
    case NameMatch::Equals:
        return OverridesTable::tr("A model of this name");
    case NameMatch::Glob:
        return OverridesTable::tr("All models whose names fit: * is any text, # one digit");
    case NameMatch::Regex:
        return OverridesTable::tr("All models whose whole names fit this regular expression");
    }
    return {};
}

Cell moneyCell(MoneySum sum)
{
    return {.text = format::money(sum), .value = sum.dollars(), .toolTip = format::exactMoney(sum)};
}

template <class Row>
using Cells = Cell (*)(const Row&, const RowTable<Row>&);

} // namespace

QString format::listPrice(const std::optional<Money>& perMillion)
{
    return perMillion ? format::money(MoneySum(*perMillion)) : format::unknown();
}

QString format::validity(const std::optional<Timestamp>& time)
{
    if (!time)
        return {};
    const QString text = toQt(isoText(*time));
    constexpr std::int64_t minute = 60'000'000;
    if (time->microseconds() % minute != 0)
        return text;
    return text.mid(11, 5) == "00:00"_L1 ? text.left(10) : text.left(16).replace(u'T', u' ');
}

QString format::discount(Ratio paid)
{
    return u'−' + format::percent(1 - static_cast<double>(paid.numerator) / static_cast<double>(paid.denominator));
}

QString format::priceAnswer(const PriceAnswer& answer)
{
    const BookPrice& price = answer.price;
    const auto each = [](const QString& what, const std::optional<Money>& paid) {
        return u"%1 %2"_s.arg(listPrice(paid), what);
    };
    const QStringList prices = {each(BookTable::tr("input"), price.paid.input),
                                each(BookTable::tr("output"), price.paid.output),
                                each(BookTable::tr("cache read"), price.paid.cacheRead),
                                each(BookTable::tr("cache write 5 min"), price.paid.cacheWrite5m),
                                each(BookTable::tr("1 h"), price.paid.cacheWrite1h)};
    QString text = BookTable::tr("A million tokens: %1").arg(prices.join(u" · "_s));
    if (answer.webSearch)
        text += u" · "_s + BookTable::tr("a web search: %1").arg(format::money(MoneySum(*answer.webSearch)));
    QStringList why = {toQt(price.provider.empty() ? std::string("own") : price.provider), toQt(price.model)};
    if (price.isOverride)
        why += BookTable::tr("your override");
    if (price.validFrom)
        why += BookTable::tr("valid from %1").arg(validity(price.validFrom));
    if (!price.validAt.empty())
        why += toQt(price.validAt);
    if (!price.discount.empty())
        why += u"× "_s + toQt(price.discount);
    if (!answer.isTierPriced)
        why += BookTable::tr("no price is listed for the tier: standard rates");
    why += BookTable::tr("book of %1").arg(toQt(price.bookDate));
    return text + u'\n' + why.join(u" · "_s);
}

BookTable::BookTable(QObject* parent) : RowTable(parent) {}

void BookTable::show(std::vector<BookPrice> prices)
{
    using enum ColumnKind;
    using Table = RowTable<BookPrice>;
    const auto paid = [](const QString& id, const QString& title, Cells<BookPrice> cell, bool isHidden = false) {
        return Column{.id = id,
                      .title = title,
                      .kind = Figure,
                      .cell = cell,
                      .toolTip = tr("What a million tokens cost, after the discount"),
                      .isHiddenFirst = isHidden};
    };
    std::vector<Column> columns = {
        {.id = u"model"_s,
         .title = tr("Model"),
         .kind = Name,
         .cell =
             [](const BookPrice& price, const Table&) {
                 QStringList lines = {toQt(price.name.empty() ? price.model : price.name)};
                 if (price.contextWindow)
                     lines += tr("context window %1 tokens").arg(format::count(*price.contextWindow));
                 if (price.isDeprecated)
                     lines += tr("deprecated");
                 if (!price.note.empty())
                     lines += toQt(price.note);
                 return textCell(toQt(price.model), lines.join(u'\n'));
             }},
        {.id = u"provider"_s,
         .title = tr("Provider"),
         .cell = [](const BookPrice& price, const Table&) { return providerCell(price.provider); }},
        paid(u"input"_s, tr("Input"), [](const BookPrice& price, const Table&) { return priceCell(price.paid.input); }),
        paid(u"cache-read"_s, tr("Cache read"),
             [](const BookPrice& price, const Table&) { return priceCell(price.paid.cacheRead); }),
        paid(u"cache-write-5m"_s, tr("Write 5 min"),
             [](const BookPrice& price, const Table&) { return priceCell(price.paid.cacheWrite5m); }),
        paid(u"cache-write-1h"_s, tr("Write 1 h"),
             [](const BookPrice& price, const Table&) { return priceCell(price.paid.cacheWrite1h); }),
        paid(u"output"_s, tr("Output"),
             [](const BookPrice& price, const Table&) { return priceCell(price.paid.output); }),
        paid(
            u"audio"_s, tr("Audio input"),
            [](const BookPrice& price, const Table&) { return priceCell(price.paid.audioInput); }, true),
        {.id = u"from"_s,
         .title = tr("Valid from"),
         .cell = [](const BookPrice& price, const Table&) { return timeCell(price.validFrom, tr("ever since")); }},
        {.id = u"until"_s,
         .title = tr("Until"),
         .cell = [](const BookPrice& price, const Table&) { return timeCell(price.validUntil, tr("further notice")); },
         .toolTip = tr("That moment not included")},
        {.id = u"hours"_s,
         .title = tr("Hours"),
         .cell = [](const BookPrice& price,
                    const Table&) { return textCell(price.validAt.empty() ? tr("all day") : toQt(price.validAt)); },
         .isHiddenFirst = true},
        {.id = u"discount"_s,
         .title = tr("Paid"),
         .cell =
             [](const BookPrice& price, const Table&) {
                 return textCell(price.discount.empty() ? tr("in full") : u"× "_s + toQt(price.discount));
             },
         .isHiddenFirst = true},
        {.id = u"source"_s,
         .title = tr("Source"),
         .cell =
             [](const BookPrice& price, const Table&) {
                 QString source = toQt(price.source);
                 source.remove("https://"_L1);
                 return textCell(source, tr("%1\nbook of %2").arg(toQt(price.source), toQt(price.bookDate)));
             }},
        {.id = u"whose"_s,
         .title = tr("Whose"),
         .kind = Pill,
         .cell =
             [](const BookPrice& price, const Table&) {
                 if (!price.isOverride && price.discount.empty())
                     return textCell(tr("the book's"));
                 Cell cell = textCell(price.isOverride ? tr("override") : tr("discount"));
                 cell.picture = QVariant::fromValue(plumbline::Pill{Tone::Warning});
                 return cell;
             },
         .toolTip = tr("Whether the book or you said so")},
    };
    setRows(std::move(columns), std::move(prices));
}

OverridesTable::OverridesTable(QObject* parent) : RowTable(parent) {}

void OverridesTable::show(const std::vector<PriceOverride>& overrides)
{
    using enum ColumnKind;
    using Table = RowTable<PriceOverride>;
    std::vector<Column> columns = {
        {.id = u"model"_s,
         .title = tr("Model"),
         .kind = Mono,
         .cell = [](const PriceOverride& entry,
                    const Table&) { return textCell(toQt(entry.model), matchToolTip(entry.match)); }},
        {.id = u"provider"_s,
         .title = tr("Provider"),
         .cell = [](const PriceOverride& entry, const Table&) { return providerCell(entry.provider); }},
        {.id = u"input"_s,
         .title = tr("Input"),
         .kind = Figure,
         .cell = [](const PriceOverride& entry, const Table&) { return priceCell(entry.terms.prices.input); },
         .toolTip = tr("What a million input tokens cost")},
        {.id = u"output"_s,
         .title = tr("Output"),
         .kind = Figure,
         .cell = [](const PriceOverride& entry, const Table&) { return priceCell(entry.terms.prices.output); },
         .toolTip = tr("What a million output tokens cost")},
        {.id = u"from"_s,
         .title = tr("Valid from"),
         .cell = [](const PriceOverride& entry, const Table&) { return timeCell(entry.validFrom, tr("ever since")); }},
        {.id = u"until"_s,
         .title = tr("Until"),
         .cell = [](const PriceOverride& entry,
                    const Table&) { return timeCell(entry.validUntil, tr("further notice")); },
         .toolTip = tr("That moment not included")},
        {.id = u"source"_s,
         .title = tr("Source"),
         .cell = [](const PriceOverride& entry, const Table&) { return textCell(toQt(entry.source)); }},
    };
    setRows(std::move(columns), overrides);
}

DiscountsTable::DiscountsTable(QObject* parent) : RowTable(parent) {}

void DiscountsTable::show(const std::vector<Discount>& discounts)
{
    using enum ColumnKind;
    using Table = RowTable<Discount>;
    std::vector<Column> columns = {
        {.id = u"model"_s,
         .title = tr("Models"),
         .kind = Mono,
         .cell = [](const Discount& entry,
                    const Table&) { return textCell(entry.model.empty() ? tr("all") : toQt(entry.model)); }},
        {.id = u"provider"_s,
         .title = tr("Provider"),
         .cell = [](const Discount& entry,
                    const Table&) { return textCell(entry.provider.empty() ? tr("all") : toQt(entry.provider)); }},
        {.id = u"api-key"_s,
         .title = tr("API key"),
         .cell = [](const Discount& entry,
                    const Table&) { return textCell(entry.apiKey.empty() ? tr("all") : toQt(entry.apiKey)); },
         .toolTip = tr("Its alias or id, as the metadata of traces name it")},
        {.id = u"discount"_s,
         .title = tr("Discount"),
         .kind = Figure,
         .cell =
             [](const Discount& entry, const Table&) {
                 return Cell{.text = format::discount(entry.paid),
                             .value = static_cast<double>(entry.paid.denominator - entry.paid.numerator) /
                                      static_cast<double>(entry.paid.denominator),
                             .toolTip = tr("Paid: × %1").arg(toQt(text(entry.paid)))};
             },
         .toolTip = tr("Taken off the list price of each bucket")},
        {.id = u"from"_s,
         .title = tr("Valid from"),
         .cell = [](const Discount& entry, const Table&) { return timeCell(entry.validFrom, tr("ever since")); }},
        {.id = u"until"_s,
         .title = tr("Until"),
         .cell = [](const Discount& entry, const Table&) { return timeCell(entry.validUntil, tr("further notice")); },
         .toolTip = tr("That moment not included")},
    };
    setRows(std::move(columns), discounts);
}

RepriceTable::RepriceTable(QObject* parent) : RowTable(parent) {}

void RepriceTable::show(const RepricePreview& preview)
{
    using enum ColumnKind;
    using Table = RowTable<RepricedMonth>;
    std::vector<Column> columns = {
        {.id = u"month"_s,
         .title = tr("Month"),
         .kind = Name,
         .cell = [](const RepricedMonth& month,
                    const Table&) { return textCell(month.month.empty() ? tr("Total") : toQt(month.month)); }},
        {.id = u"calls"_s,
         .title = tr("Calls"),
         .kind = Figure,
         .cell = [](const RepricedMonth& month, const Table&) { return cells::count(month.calls); }},
        {.id = u"moved"_s,
         .title = tr("Would move"),
         .kind = Figure,
         .cell = [](const RepricedMonth& month, const Table&) { return cells::count(month.movedCalls); },
         .toolTip = tr("Calls whose cost would be another, or known, or unknown")},
        {.id = u"before"_s,
         .title = tr("Spend now"),
         .kind = Figure,
         .cell = [](const RepricedMonth& month, const Table&) { return moneyCell(month.before); },
         .toolTip = tr("What the calls cost by the prices that hold now")},
        {.id = u"after"_s,
         .title = tr("Spend then"),
         .kind = Figure,
         .cell = [](const RepricedMonth& month, const Table&) { return moneyCell(month.after); },
         .toolTip = tr("What they would cost by the prices at hand")},
        {.id = u"change"_s,
         .title = tr("Change"),
         .kind = Figure,
         .cell =
             [](const RepricedMonth& month, const Table&) {
                 Cell cell = moneyCell(month.after - month.before);
                 if (month.after > month.before)
                     cell.text.prepend(u'+');
                 return cell;
             },
         .toolTip = tr("Spend then, less spend now")},
    };
    RepricedMonth total{.movedCalls = preview.movedCalls};
    for (const RepricedMonth& month : preview.months) {
        total.calls += month.calls;
        total.before += month.before;
        total.after += month.after;
    }
    setRows(std::move(columns), preview.months, std::move(total));
}

} // namespace plumbline
