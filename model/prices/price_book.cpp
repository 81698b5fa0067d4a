// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/price_book.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "model/prices/applied_overrides.h"
#include "model/prices/overrides_json.h"
#include "model/prices/rate_table.h"
#include "resources/prices/embedded.h"

namespace plumbline {

namespace {

/// FNV-1a: short, and the same on every machine and in every release.
std::string digest(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4)
        digits += "0123456789abcdef"[hash >> shift & 15];
    return digits;
}

std::string clockText(int minute)
{
    const auto twoDigits = [](int value) { return std::string{char('0' + value / 10), char('0' + value % 10)}; };
    return twoDigits(minute / 60) + ":" + twoDigits(minute % 60);
}

} // namespace

Result<PriceBook> PriceBook::builtIn()
{
    std::vector<PriceFile> files;
    for (const resources::EmbeddedFile& embedded : resources::priceFiles()) {
        auto file = readPriceFile(embedded.text);
        if (!file)
            return tl::unexpected(std::move(file).error().in(std::string(embedded.name)));
        files.push_back(*std::move(file));
    }
    return of(std::move(files));
}

PriceBook PriceBook::of(std::vector<PriceFile> files)
{
    PriceBook book;
    for (PriceFile& file : files) {
        book.m_version = std::max(book.m_version, file.bookDate);
        book.m_providers.push_back({file.provider, file.bookDate, file.source});
        std::move(file.models.begin(), file.models.end(), std::back_inserter(book.m_models));
    }
    book.finish();
    return book;
}

Result<PriceBook> PriceBook::with(const PriceOverrides& overrides) const
{
    if (overrides.isEmpty())
        return *this;
    PriceBook book;
    book.m_providers = m_providers;
    book.m_version = m_version + "+" + digest(toJson(overrides));
    book.m_models = TRY(modelsWith(overrides, *this));
    book.finish();
    return book;
}

void PriceBook::finish()
{
    for (const Provider& provider : m_providers)
        m_index.addProvider(provider.id);
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        PricedModel& model = m_models[i];
        m_index.add(model.provider, model.match, static_cast<ModelIndex::Position>(i));
        for (std::size_t row = 0; row < model.rows.size(); ++row) {
            model.rows[row].id = static_cast<int>(m_rows.size());
            model.rows[row].rates = rate_table::ratesOf(model.rows[row], model);
            m_rows.push_back({i, row});
        }
    }
    // An id is a name too, where no rule says otherwise.
    for (std::size_t i = 0; i < m_models.size(); ++i)
        m_index.add(m_models[i].provider, MatchRule::of(MatchRule::Kind::Equals, m_models[i].id),
                    static_cast<ModelIndex::Position>(i));
}

const PricedModel* PriceBook::find(std::string_view model, std::string_view provider) const
{
    const auto position = m_index.find(readModelName(model, provider));
    return position ? &m_models[*position] : nullptr;
}

std::optional<AppliedPrice> PriceBook::price(const PricedModel& model, const PriceRequest& request) const
{
    const PriceRow* row = rowAt(model.rows, request.start);
    if (!row || row->hasNoPrice)
        return {};
    const PriceTerms& terms = row->terms;
    const bool isLongContext = terms.longContext && request.totalInput > terms.longContext->over;
    const std::size_t place = rate_table::geographyIndex(model, request.geography);
    return AppliedPrice{
        .rates = row->rates[rate_table::indexOf(request.tier, isLongContext, place)],
        .row = row->id,
        .isLongContext = isLongContext,
        .isTierPriced =
            request.tier == ServiceTier::Standard || rate_table::factorOf(terms.tiers, request.tier).has_value(),
    };
}

PriceRowText PriceBook::describe(int row) const
{
    assert(row >= 0 && static_cast<std::size_t>(row) < m_rows.size());
    const RowPlace place = m_rows[static_cast<std::size_t>(row)];
    const PricedModel& model = m_models[place.model];
    const PriceRow& priced = model.rows[place.row];
    PriceRowText text;
    text.provider = model.provider;
    text.model = model.id;
    text.name = model.name;
    text.note = model.note;
    if (priced.validFrom)
        text.validFrom = isoText(*priced.validFrom);
    if (priced.window)
        text.validAt = clockText(priced.window->begin) + "-" + clockText(priced.window->end) + " UTC";
    if (!priced.discount.isOne())
        text.discount = plumbline::text(priced.discount);
    text.source = priced.source;
    text.bookDate = m_version;
    for (const Provider& provider : m_providers) {
        if (provider.id != model.provider)
            continue;
        text.bookDate = provider.bookDate;
        if (text.source.empty())
            text.source = provider.source;
    }
    return text;
}

} // namespace plumbline
