// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "model/items/scope.h"
#include "model/queries/spend_answers.h"

namespace plumbline {

/// What stands beside the titles of finance's month, and what is to be known of its figures.
/// `October 2026: forecast $9.1k, 80% between $8.7k and $9.6k`; empty where nothing is forecast.
QString forecastNote(const SpendAnswer& answer);
/// How it was made.
QString forecastHelp(const SpendAnswer& answer);
/// `bills of 2 of 3 providers, October 2026`.
QString billsNote(const SpendAnswer& answer);
/// What the figures do not say themselves: what they are of, in which currency, what is unknown.
QStringList remarksOn(const SpendAnswer& answer, const Scope& scope, const ReportingCalendar& calendar);

} // namespace plumbline
