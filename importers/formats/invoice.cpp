// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <deque>

#include "importers/facts/amounts.h"
#include "importers/facts/repeats.h"
#include "importers/facts/times.h"
#include "importers/format.h"
#include "model/core/ascii.h"

namespace plumbline::formats {

namespace {

/// The first of some fields that says something, whatever the case of its name.
json::Value anyOf(json::Object row, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        for (const auto [key, value] : row) {
            std::string lower;
            for (const char c : key)
                if (c != ' ' && c != '_' && c != '-')
                    lower += lowerCase(c);
            if (lower == name && !value.isNull())
                return value;
        }
    return {};
}

bool isFocus(json::Object row)
{
    return row["BilledCost"].exists() && row["ChargePeriodStart"].exists();
}

Certainty sniff(const Sniffed& record)
{
    const json::Object row = record.value.object();
    if (!record.container.empty())
        return Certainty::No;
    if (isFocus(row))
        return Certainty::Certain;
    const bool isInvoice = anyOf(row, {"invoice", "invoiceid", "invoicenumber", "invoicedate", "vendor"}).exists() &&
                           anyOf(row, {"amount", "total", "cost", "net", "charge"}).exists();
    // A list of what providers charged a month: without a model it is no log of calls.
    const bool isList = anyOf(row, {"provider", "supplier", "issuer"}).exists() &&
                        anyOf(row, {"month", "period", "billingmonth", "periodstart"}).exists() &&
                        anyOf(row, {"amount", "total", "cost", "net", "charge"}).exists() &&
                        !anyOf(row, {"model", "inputtokens", "prompttokens"}).exists();
    return isInvoice || isList ? Certainty::Likely : Certainty::No;
}

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

/// Bills in FOCUS (FinOps Open Cost and Usage Specification), and tables that people keep of invoices: a vendor, a date
/// or period, an amount.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        m_texts.clear();
        sink.setRepeats(m_repeats.before(record.text)); // an account may be charged the same twice a day
        const json::Object row = value.object();
        ObservedBillLine line;
        if (isFocus(row) && isOfAnotherService(row)) {
            sink.note("charges for other services than AI are left out");
            return {};
        }
        if (isFocus(row))
            readFocus(row, line);
        else
            readInvoice(row, line);
        if (!line.cost || !line.start) {
            const std::string_view date =
                anyOf(row, {"periodstart", "start", "from", "invoicedate", "date", "month", "period", "billingmonth"})
                    .text();
            sink.skip(!line.cost     ? "no amount"
                      : date.empty() ? "no date"
                                     : "a date that is not understood: " + std::string(date));
            return {};
        }
        line.currency = m_texts.emplace_back(upperCase(line.currency));
        return sink.add(line);
    }

private:
    /// Accounts of clouds hold everything; FOCUS has one category for what is ours.
    static bool isOfAnotherService(json::Object row)
    {
        const std::string_view category = row["ServiceCategory"].text();
        return !category.empty() && category != "AI and Machine Learning";
    }

    static void readFocus(json::Object row, ObservedBillLine& line)
    {
        line.isStatement = true;
        line.provider = row["ProviderName"].text();
        line.start = facts::timeOf(row["ChargePeriodStart"]);
        line.end = facts::timeOf(row["ChargePeriodEnd"]);
        line.model = row["SkuId"].text().empty() ? row["x_Model"].text() : row["SkuId"].text();
        line.meter = row["SkuMeter"].text().empty() ? row["ChargeCategory"].text() : row["SkuMeter"].text();
        line.project = row["SubAccountId"].text();
        line.currency = row["BillingCurrency"].text();
        line.description = row["ChargeDescription"].text();
        line.cost = facts::signedMoney(row["BilledCost"]);
        if (row["ConsumedUnit"].text() != "Tokens")
            return;
        const auto tokens = row["ConsumedQuantity"].integer();
        const auto meters = [&](std::string_view word) { return line.meter.find(word) != std::string_view::npos; };
        if (meters("Cached") || meters("Cache Read"))
            line.usage.cacheRead = tokens;
        else if (meters("Write"))
            (meters("1h") ? line.usage.cacheWrite1h : line.usage.cacheWrite5m) = tokens;
        else if (meters("Output"))
            line.usage.visibleOutput = tokens;
        else if (meters("Input"))
            line.usage.uncachedInput = tokens;
    }

    void readInvoice(json::Object row, ObservedBillLine& line)
    {
        line.provider = anyOf(row, {"provider", "vendor", "supplier", "issuer"}).text();
        line.start = facts::timeOf(anyOf(row, {"periodstart", "start", "from", "invoicedate", "date", "month"}));
        if (!line.start) {
            // `2026-10` is a month, and so is `2026/10`.
            std::string month(anyOf(row, {"month", "period", "billingmonth"}).text());
            std::replace(month.begin(), month.end(), '/', '-');
            if (month.size() == 7)
                line.start = parseTimestamp(m_texts.emplace_back(month + "-01T00:00:00Z"));
        }
        line.end = facts::timeOf(anyOf(row, {"periodend", "end", "to"}));
        line.model = anyOf(row, {"model", "sku", "product"}).text();
        line.meter = anyOf(row, {"meter", "type", "category", "kind"}).text();
        line.currency = anyOf(row, {"currency"}).text();
        line.description =
            anyOf(row, {"description", "item", "lineitem", "invoice", "invoicenumber", "invoiceid"}).text();
        const json::Value amount = anyOf(row, {"amount", "total", "cost", "charge", "net"});
        line.cost = facts::signedMoney(amount); // programs write `1.5e-05`
        if (!line.cost)
            line.cost = facts::writtenMoney(amount.text());
        if (line.currency.empty())
            line.currency = currencySignIn(amount.text());
    }
    /// ISO 4217; empty: none, or one of several.
    static std::string_view currencySignIn(std::string_view amount)
    {
        constexpr std::pair<std::string_view, std::string_view> signs[] = {
            {"\xE2\x82\xAC", "EUR"},
            {"\xC2\xA3", "GBP"},
            {"\xE2\x82\xB9", "INR"},
            {"\xC2\xA5", "\xC2\xA5"}}; // yen or yuan: not dollars, whatever it is
        for (const auto& [sign, currency] : signs)
            if (amount.find(sign) != std::string_view::npos)
                return currency;
        return {};
    }

    facts::Repeats m_repeats;
    std::deque<std::string> m_texts;
};

} // namespace

Format invoice()
{
    return {
        .id = "invoice",
        .title = "Invoice or FOCUS bill",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
