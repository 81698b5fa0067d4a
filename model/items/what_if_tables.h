// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/fact_table.h"
#include "model/queries/month_of.h"
#include "model/simulation/lever.h"

namespace plumbline {

/// What the catalogue calls a lever, translated. An id that is none is its own title.
QString leverTitle(std::string_view id);
QString leverShortTitle(std::string_view id);
/// A text that a lever declares, translated.
QString leverText(const char* text);
/// In the language of the window.
QString riskText(const WhatIfRisk& risk);
/// `24 h`, `3 of all`, `35 %`, `5 minutes`: a value as it stands beside its slider.
QString leverValueText(const LeverParameter& parameter, double value);
/// The value a use gives a parameter, or its default.
double leverValue(const LeverUse& use, const LeverParameter& parameter);
/// `−$850`, `+$220`: what a step does to the bill.
QString savingText(MoneySum saving);
/// `1.2 s`, or that there is no estimate.
QString latencyText(const std::optional<double>& milliseconds);
/// Twelve months, each so much more than the one before: `growth` is 0.15 for 15 %.
MoneySum yearOf(MoneySum month, double growth);
/// `12 months`, `12 months at +15% a month`.
QString yearTitle(double growth);
QString riskTitle(RiskClass risk);

/// One figure, as it is and as it would be.
struct WhatIfFigure
{
    QString name = {};
    QString now = {}, then = {}, change = {};
    Tone tone = Tone::Neutral;
    QString toolTip = {};
    QString comparedNow = {}, comparedThen = {}; ///< the same of what it is compared with
};

/// Projections are of these calls' cost at their rate a day; `growth` is a month's, 0.15 for 15 %.
std::vector<WhatIfFigure> whatIfFigures(const WhatIfAnswer& answer, std::int32_t days, double growth);

class WhatIfFiguresTable : public RowTable<WhatIfFigure>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    /// `compared` names what the figures are compared with; empty: nothing.
    void show(std::vector<WhatIfFigure> figures, const QString& compared = {});
};

class WhatIfFeaturesTable : public RowTable<WhatIfFeature>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    void show(std::vector<WhatIfFeature> features);
};

} // namespace plumbline
