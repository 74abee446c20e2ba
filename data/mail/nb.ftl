# Norwegian Bokmål: mail to staff.

mail =
    .greeting = Hei,
    .desk = Dette venter hos { $organisation }:
    .line = – { $what }: { $count } (den eldste fra { $day }.{ $month }.{ $year })
    .link = Se nærmere og følg opp i Samspill:
    .why = Denne meldingen er sendt automatisk, og svar på den blir ikke lest. Den inneholder ikke personopplysninger. Hva du får melding om, og hvor ofte, velger du selv i Samspill.

mail_consent_expiring = Samtykker som snart utløper

mail_cooperation = Henvendelser fra samarbeidspartnere

mail_disclosure_unacknowledged = Forsendelser uten bekreftet mottak

mail_first_contact_overdue = Førstekontakt over fristen

mail_new_referral = Nye henvisninger
