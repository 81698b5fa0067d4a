// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/price_dialogs.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <charconv>

#include "model/items/format.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr Money hundred{100'000'000'000'000};

/// The prices of a form, in the order of its fields.
constexpr std::array<std::optional<Money> ListPrices::*, 6> priceFields = {
    &ListPrices::input,        &ListPrices::output,       &ListPrices::cacheRead,
    &ListPrices::cacheWrite5m, &ListPrices::cacheWrite1h, &ListPrices::audioInput};

QString priceTitle(std::size_t field)
{
    switch (field) {
    case 0:
        return OverrideDialog::tr("Input");
    case 1:
        return OverrideDialog::tr("Output");
    case 2:
        return OverrideDialog::tr("Cache read");
    case 3:
        return OverrideDialog::tr("Cache write 5 min");
    case 4:
        return OverrideDialog::tr("Cache write 1 h");
    default:
        return OverrideDialog::tr("Audio input");
    }
}

tl::unexpected<Error> unreadable(const QString& field, const QString& example)
{
    return fail(ErrorKind::Malformed, fromQt(OverrideDialog::tr("%1: not understood (write %2)").arg(field, example)));
}

std::string wordsOf(const QLineEdit& field)
{
    return fromQt(field.text().trimmed());
}

Result<std::optional<Timestamp>> timeOf(const QLineEdit& field)
{
    const std::string text = wordsOf(field);
    if (text.empty())
        return std::nullopt;
    const auto time = parseTimestamp(text);
    if (!time)
        return unreadable(field.accessibleName(), u"2026-10-01"_s);
    return time;
}

Result<std::optional<Money>> priceOf(const QLineEdit& field)
{
    QString text = field.text().trimmed();
    if (text.startsWith(u'$'))
        text.remove(0, 1);
    if (text.isEmpty())
        return std::nullopt;
    const auto price = moneyFromDecimal(fromQt(text));
    if (!price)
        return unreadable(field.accessibleName(), u"2.50"_s);
    return *price;
}

Result<std::optional<TokenCount>> countOf(const QLineEdit& field)
{
    const std::string text = fromQt(field.text().remove(u',').trimmed());
    if (text.empty())
        return std::nullopt;
    TokenCount count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size())
        return unreadable(field.accessibleName(), u"200000"_s);
    return count;
}

QLineEdit* addField(QFormLayout& form, const QString& title, const QString& text, const QString& hint, QWidget* parent)
{
    auto* field = new QLineEdit(text, parent);
    field->setAccessibleName(title);
    field->setPlaceholderText(hint);
    form.addRow(title, field);
    return field;
}

template <class Entry>
void tell(const Result<Entry>& entry, QLabel& verdict, QDialogButtonBox& buttons)
{
    const Result<> checked = entry ? check(*entry) : Result<>(tl::unexpected(entry.error()));
    verdict.setText(checked ? QString() : toQt(checked.error().reason));
    buttons.button(QDialogButtonBox::Ok)->setEnabled(checked.has_value());
}

} // namespace

ValidityFields::ValidityFields(QFormLayout& form, const std::optional<Timestamp>& validFrom,
                               const std::optional<Timestamp>& validUntil, QWidget* parent)
    : from(addField(form, OverrideDialog::tr("Valid from"), format::validity(validFrom),
                    OverrideDialog::tr("ever since; or 2026-10-01, UTC"), parent))
    , until(addField(form, OverrideDialog::tr("Until, not included"), format::validity(validUntil),
                     OverrideDialog::tr("further notice"), parent))
{
}

OverrideDialog::OverrideDialog(const PriceOverride& entry, QWidget* parent)
    : QDialog(parent)
    , m_entry(entry)
    , m_match(new ChoiceBox(this))
    , m_verdict(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("A price of your own"));
    setMinimumWidth(480);
    auto* form = new QFormLayout(this);
    m_match->addItem(tr("The model is"), static_cast<int>(NameMatch::Equals));
    m_match->addItem(tr("Its name fits, * for any text"), static_cast<int>(NameMatch::Glob));
    m_match->addItem(tr("Its name fits the regular expression"), static_cast<int>(NameMatch::Regex));
    m_match->setCurrentIndex(m_match->findData(static_cast<int>(entry.match)));
    m_match->setAccessibleName(tr("Which models"));
    form->addRow(tr("Which models"), m_match);
    m_model = addField(*form, tr("Model"), toQt(entry.model), u"claude-sonnet-4-5"_s, this);
    m_provider = addField(*form, tr("Provider"), toQt(entry.provider), tr("whoever sells it"), this);
    m_validity.emplace(*form, entry.validFrom, entry.validUntil, this);
    form->addRow(headingLabel(tr("Dollars for a million tokens"), this));
    for (std::size_t i = 0; i < m_prices.size(); ++i) {
        const auto& price = entry.terms.prices.*priceFields[i];
        m_prices[i] = addField(*form, priceTitle(i), price ? toQt(decimalText(*price)) : QString(),
                               i == 0   ? QString()
                               : i == 1 ? tr("nothing")
                                        : tr("as the input"),
                               this);
    }
    m_window =
        addField(*form, tr("Context window"), entry.contextWindow ? QString::number(*entry.contextWindow) : QString(),
                 tr("as the book says"), this);
    m_source = addField(*form, tr("Source"), toQt(entry.source), tr("contract 17"), this);
    const PriceTerms& terms = entry.terms;
    if (terms.longContext || terms.tiers != TierFactors())
        form->addRow(quietLabel(tr("Its long-context prices and its tiers stay as they are."), this));
    m_verdict->setWordWrap(true);
    form->addRow(m_verdict);
    form->addRow(m_buttons);
    connect(m_match, &QComboBox::currentIndexChanged, this, &OverrideDialog::check);
    for (QLineEdit* edit : findChildren<QLineEdit*>())
        connect(edit, &QLineEdit::textChanged, this, &OverrideDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

Result<PriceOverride> OverrideDialog::entry() const
{
    PriceOverride entry = m_entry;
    entry.match = static_cast<NameMatch>(m_match->currentData().toInt());
    entry.model = wordsOf(*m_model);
    entry.provider = wordsOf(*m_provider);
    entry.validFrom = TRY(timeOf(*m_validity->from));
    entry.validUntil = TRY(timeOf(*m_validity->until));
    for (std::size_t i = 0; i < m_prices.size(); ++i)
        entry.terms.prices.*priceFields[i] = TRY(priceOf(*m_prices[i]));
    entry.contextWindow = TRY(countOf(*m_window));
    entry.source = wordsOf(*m_source);
    return entry;
}

void OverrideDialog::check()
{
    tell(entry(), *m_verdict, *m_buttons);
}

DiscountDialog::DiscountDialog(const Discount& entry, QWidget* parent)
    : QDialog(parent)
    , m_verdict(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Discount"));
    setMinimumWidth(420);
    auto* form = new QFormLayout(this);
    m_model = addField(*form, tr("Models"), toQt(entry.model), tr("all; or *claude-*"), this);
    m_provider = addField(*form, tr("Provider"), toQt(entry.provider), tr("all"), this);
    m_apiKey =
        addField(*form, tr("API key"), toQt(entry.apiKey), tr("all; or its alias or id, as traces name it"), this);
    const Money paid(hundred.picodollars() / entry.paid.denominator * entry.paid.numerator);
    m_percent = addField(*form, tr("Percent off"), entry.paid.isOne() ? QString() : toQt(decimalText(hundred - paid)),
                         u"12"_s, this);
    m_validity.emplace(*form, entry.validFrom, entry.validUntil, this);
    m_verdict->setWordWrap(true);
    form->addRow(m_verdict);
    form->addRow(m_buttons);
    for (QLineEdit* edit : findChildren<QLineEdit*>())
        connect(edit, &QLineEdit::textChanged, this, &DiscountDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

Result<Discount> DiscountDialog::entry() const
{
    Discount entry{.model = wordsOf(*m_model), .provider = wordsOf(*m_provider), .apiKey = wordsOf(*m_apiKey)};
    const auto percent = moneyFromDecimal(wordsOf(*m_percent));
    if (!percent || *percent < Money() || *percent > hundred)
        return unreadable(tr("Percent off"), u"12"_s);
    entry.paid = TRY(ratioOf(hundred - *percent, hundred));
    entry.validFrom = TRY(timeOf(*m_validity->from));
    entry.validUntil = TRY(timeOf(*m_validity->until));
    return entry;
}

void DiscountDialog::check()
{
    tell(entry(), *m_verdict, *m_buttons);
}

RepricePreviewDialog::RepricePreviewDialog(const RepricePreview& preview, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Preview of the prices"));
    resize(640, 420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(10);
    auto* title = new QLabel(preview.movedCalls == 0
                                 ? tr("No call would cost anything else")
                                 : tr("%1 calls would cost something else").arg(format::count(preview.movedCalls)),
                             this);
    title->setFont(fonts::title());
    layout->addWidget(title);
    m_months.show(preview);
    layout->addWidget(new DataTable(u"reprice-preview"_s, tr("Spend by month, now and then"), m_months, memory, this),
                      1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* apply = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    apply->setProperty("primary", true);
    apply->setEnabled(preview.movedCalls > 0);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &RepricePreviewDialog::applyChosen);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace plumbline
