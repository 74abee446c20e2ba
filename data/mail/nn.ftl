# Norwegian Nynorsk: mail to staff.

mail =
    .greeting = Hei,
    .desk = Dette ventar hos { $organisation }:
    .line = – { $what }: { $count } (den eldste frå { $day }.{ $month }.{ $year })
    .link = Sjå nærare og følg opp i Samspill:
    .why = Denne meldinga er send automatisk, og svar på ho blir ikkje lesne. Ho inneheld ikkje personopplysningar. Kva du får melding om, og kor ofte, vel du sjølv i Samspill.

mail_consent_expiring = Samtykke som snart går ut

mail_cooperation = Førespurnader frå samarbeidspartnarar

mail_disclosure_unacknowledged = Forsendingar utan stadfesta mottak

mail_first_contact_overdue = Førstekontakt over fristen

mail_new_referral = Nye tilvisingar
