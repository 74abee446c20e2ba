# Danish: mail to staff.

mail =
    .greeting = Hej
    .desk = Dette venter hos { $organisation }:
    .line = – { $what }: { $count } (den ældste fra { $day }.{ $month }.{ $year })
    .link = Se nærmere, og følg op i Samspill:
    .why = Denne besked er sendt automatisk, og svar på den bliver ikke læst. Den indeholder ikke personoplysninger. Hvad du får besked om, og hvor ofte, vælger du selv i Samspill.

mail_consent_expiring = Samtykker, der snart udløber

mail_cooperation = Henvendelser fra samarbejdspartnere

mail_disclosure_unacknowledged = Forsendelser uden kvittering for modtagelse

mail_first_contact_overdue = Første kontakt over fristen

mail_new_referral = Nye henvisninger
