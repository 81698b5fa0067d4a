// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/items/fact_table.h"
#include "model/queries/price_answers.h"
#include "model/queries/repricing.h"

namespace plumbline {

/// The price book: what each model costs from when to when, and which of it the user said.
class BookTable : public RowTable<BookPrice>
{
    Q_OBJECT

public:
    explicit BookTable(QObject* parent = nullptr);

    void show(std::vector<BookPrice> prices);
};

/// The prices the user knows better, in the order they are applied.
class OverridesTable : public RowTable<PriceOverride>
{
    Q_OBJECT

public:
    explicit OverridesTable(QObject* parent = nullptr);

    void show(const std::vector<PriceOverride>& overrides);
};

class DiscountsTable : public RowTable<Discount>
{
    Q_OBJECT

public:
    explicit DiscountsTable(QObject* parent = nullptr);

    void show(const std::vector<Discount>& discounts);
};

/// What other prices would do to each month, with all of them together below.
class RepriceTable : public RowTable<RepricedMonth>
{
    Q_OBJECT

public:
    explicit RepriceTable(QObject* parent = nullptr);

    void show(const RepricePreview& preview);
};

namespace format {

/// `$3.00` for a million tokens; unknown where the list has none.
QString listPrice(const std::optional<Money>& perMillion);
/// `2026-10-01`, with the time of day where it is not midnight UTC; empty without one.
QString validity(const std::optional<Timestamp>& time);
/// `−12%` of a factor that is paid.
QString discount(Ratio paid);
/// `$3.00 / M input · $15.00 output · …` of a price that was asked for, and why it is this one.
QString priceAnswer(const PriceAnswer& answer);

} // namespace format

} // namespace plumbline
