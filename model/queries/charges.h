// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/core/currency.h"
#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"

namespace plumbline {

/// So many tokens of a bucket, or searches, at one rate: a line of a bill. Its cost is quantity × rate, exactly.
struct Charge
{
    std::string provider = {}, model = {}, feature = {}, environment = {}; ///< empty: the call has none
    std::string price = {};    ///< the row that made it: `openai · gpt-5.4 · standard · book of 2026-09-23`
    std::string meter = {};    ///< `Input Tokens`, `Cached Input Tokens`, …
    bool isPerRequest = false; ///< searches instead of tokens
    std::int64_t calls = 0;    ///< with all meters of that price together
    bool isFirstMeter = true;  ///< of them: the one that counts the calls
    std::int64_t quantity = 0;
    Money rate = {};     ///< a token, or a search
    Money listRate = {}; ///< before the user's discount
    MoneySum cost = {};

    MoneySum listCost() const { return MoneySum::ofPicodollars(MoneySum::Integer{quantity} * listRate.picodollars()); }
};

struct ChargesAnswer
{
    std::vector<Charge> charges =
        {};              ///< by provider, model, feature, environment, price and meter; none is 0 of anything
    MoneySum total = {}; ///< of them: what the calls of the period cost, to the picodollar
    std::int64_t unpricedCalls = 0; ///< in no charge: what they cost is not known
};

/// What calls cost by one row of the price book.
struct PriceRowSpend
{
    std::string price = {}; ///< as in Charge
    std::int64_t calls = 0;
    TokenCount tokens = 0;
    MoneySum cost = {};
};

/// Charges as FOCUS 1.2 has them, as CSV: estimates, marked so; periods are those of the charges as instants of UTC.
/// Costs in the currency, to 1e-12 of it and adding up to its total; prices in US dollars, as providers list them.
/// `adjustment`: what the charges are more than the month was when it was closed; a row takes it off again.
std::string focusCsv(const ChargesAnswer& answer, const Period& period, const ReportingCurrency& currency = {},
                     MoneySum adjustment = {});

} // namespace plumbline
